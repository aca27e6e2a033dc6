package eigengrad.props.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Everything that a caller can call in the exported packages. */
final class PublicApi {
  /** Inherited from Object or Record: no arguments to get wrong. */
  private static final List<String> GENERAL = List.of("equals", "hashCode", "toString");

  private PublicApi() {}

  /** Public methods and constructors of the public classes in a class's package. */
  static List<Executable> besides(Class<?> member) {
    return publicClasses(member).stream().flatMap(PublicApi::executables).toList();
  }

  private static List<Class<?>> publicClasses(Class<?> member) {
    return classFiles(member).stream()
        .filter(name -> name.endsWith(".class") && !name.contains("-"))
        .sorted()
        .<Class<?>>map(name -> load(member, name.replace(".class", "")))
        .filter(PublicApi::isPublic)
        .toList();
  }

  /** The files of the package, in a folder or a jar. */
  private static List<String> classFiles(Class<?> member) {
    String folder = member.getPackageName().replace('.', '/');
    try {
      Path place = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(place)) {
        return names(place.resolve(folder));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return names(jar.getPath(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Class<?> load(Class<?> member, String name) {
    try {
      return Class.forName(member.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }

  /** Those of an enum are generated or have no arguments. */
  private static Stream<Executable> executables(Class<?> type) {
    Stream<Constructor<?>> constructors =
        type.isEnum() ? Stream.empty() : Stream.of(type.getConstructors());
    Stream<Method> methods =
        Stream.of(type.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .filter(method -> !GENERAL.contains(method.getName()))
            .filter(method -> !type.isEnum());
    return Stream.concat(constructors, methods);
  }
}
