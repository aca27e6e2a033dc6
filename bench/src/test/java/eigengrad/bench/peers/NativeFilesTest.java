package eigengrad.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeFilesTest {
  @TempDir private Path folder;

  @Test
  void unpack_jar_putsTheLibrariesOfTheFolderBesideEachOther() throws IOException {
    URL jar = jar("a/linux/libmain.so.0", "a/linux/libneeded.so", "a/linux/libjnimain.so");
    NativeFiles.Unpacked unpacked = unpack(jar, "a/linux/libmain.so.0").orElseThrow();
    assertEquals("natives-1.0.jar", unpacked.origin());
    assertEquals("a/linux/libmain.so.0", Files.readString(unpacked.file()));
    try (Stream<Path> files = Files.list(unpacked.file().getParent())) {
      assertEquals(
          List.of("libmain.so.0", "libneeded.so"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void unpack_again_replacesOnlyWhatIsIncomplete() throws IOException {
    URL jar = jar("a/libmain.so", "a/libcut.so");
    Path main = unpack(jar, "a/libmain.so").orElseThrow().file();
    Files.writeString(main, "same length!");
    Files.writeString(main.resolveSibling("libcut.so"), "a/li");
    unpack(jar, "a/libmain.so");
    assertEquals("same length!", Files.readString(main));
    assertEquals("a/libcut.so", Files.readString(main.resolveSibling("libcut.so")));
  }

  @Test
  void unpack_otherFoldersAndFiles_areLeft() throws IOException {
    URL jar = jar("a/libmain.so", "a/include/libmain.h", "b/libother.so", "a/main.txt");
    Path main = unpack(jar, "a/libmain.so").orElseThrow().file();
    try (Stream<Path> files = Files.list(main.getParent())) {
      assertEquals(List.of(main), files.toList());
    }
  }

  @Test
  void find_noJars_saysWhatWouldBringThem() throws IOException {
    List<String> skipped = new ArrayList<>();
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
      assertEquals(List.of(), new NativeContestants(empty, folder, skipped::add).find());
    }
    assertEquals(2, skipped.size());
    assertTrue(skipped.get(0).startsWith("MKL: no "), skipped::toString);
    assertTrue(skipped.get(0).contains("profile mkl"), skipped::toString);
    assertTrue(skipped.get(1).startsWith("OpenBLAS: no "), skipped::toString);
    assertTrue(skipped.get(1).contains("profile peers"), skipped::toString);
  }

  @Test
  void find_cacheThatCannotBeMade_isSkipped() throws IOException {
    String resource = "org/bytedeco/mkl/" + NativeFiles.platform() + "/libmkl_rt.so.2";
    Path file = Files.createFile(folder.resolve("file"));
    List<String> skipped = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar(resource)}, null)) {
      assertEquals(List.of(), new NativeContestants(loader, file, skipped::add).find());
    }
    assertTrue(skipped.get(0).startsWith("MKL: cannot be unpacked"), skipped::toString);
  }

  private Optional<NativeFiles.Unpacked> unpack(URL jar, String resource) throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, null)) {
      return NativeFiles.unpack(loader, resource, folder.resolve("cache"));
    }
  }

  /** A jar whose files contain their own names. */
  private URL jar(String... entries) throws IOException {
    Path jar = folder.resolve("natives-1.0.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String entry : entries) {
        out.putNextEntry(new JarEntry(entry));
        out.write(entry.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar.toUri().toURL();
  }
}
