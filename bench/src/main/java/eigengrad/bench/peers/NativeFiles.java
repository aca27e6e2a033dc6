package eigengrad.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Native libraries packed in jars of the class path, as JavaCPP's presets publish them. */
final class NativeFiles {
  private NativeFiles() {}

  /**
   * A library as files.
   *
   * @param file the library to load; those it needs lie beside it
   * @param origin name of the jar
   */
  record Unpacked(Path file, String origin) {}

  /** This platform as folders in those jars are named, {@code linux-x86_64} for one. */
  static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst(" .*", "");
    String processor = System.getProperty("os.arch");
    return system + "-" + (processor.equals("amd64") ? "x86_64" : processor);
  }

  /**
   * Unpacks a library and all others in its folder, to a folder named after the jar. Files that are
   * there already, with the right length, are kept.
   *
   * @param loader whose class path is searched
   * @param resource path of the library in its jar
   * @param cache folder to unpack to
   * @return nothing if no jar has it
   * @throws IOException if the cache cannot be written
   */
  static Optional<Unpacked> unpack(ClassLoader loader, String resource, Path cache)
      throws IOException {
    URL url = loader.getResource(resource);
    if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
      return Optional.empty();
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      String origin = Path.of(jar.getName()).getFileName().toString();
      Path folder = cache.resolve(origin.replaceFirst("\\.jar$", "")).toAbsolutePath();
      Files.createDirectories(folder);
      String inJar = resource.substring(0, resource.lastIndexOf('/') + 1);
      List<JarEntry> libraries = jar.stream().filter(e -> isLibrary(e.getName(), inJar)).toList();
      for (JarEntry library : libraries) {
        unpack(jar, library, folder.resolve(library.getName().substring(inJar.length())));
      }
      return Optional.of(new Unpacked(folder.resolve(resource.substring(inJar.length())), origin));
    }
  }

  /** All but JavaCPP's own, which call back into its Java classes. */
  private static boolean isLibrary(String entry, String folder) {
    return entry.startsWith(folder) && entry.substring(folder.length()).matches("lib(?!jni)[^/]+");
  }

  private static void unpack(JarFile jar, JarEntry entry, Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) == entry.getSize()) {
      return;
    }
    Path part = Files.createTempFile(file.getParent(), ".unpacked", "");
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
