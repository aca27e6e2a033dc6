import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares the OSGi headers of jars with their module descriptors: the same packages for everybody,
 * the same for eigengrad alone, the same version.
 */
final class Bundles {
  /** A package and its attributes, in the syntax of OSGi headers. */
  private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:;(?:\"[^\"]*\"|[^,\"])*)?)(?:,|$)");

  private Bundles() {}

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      ModuleDescriptor module =
          ModuleFinder.of(Path.of(jar)).findAll().iterator().next().descriptor();
      try (JarFile file = new JarFile(jar)) {
        check(module, file.getManifest().getMainAttributes());
      }
      System.out.println(module.name() + ": OSGi headers and module descriptor agree");
    }
  }

  private static void check(ModuleDescriptor module, Attributes headers) {
    String name = module.name();
    String exports = headers.getValue("Export-Package");
    same(name, "packages for everybody", clauses(exports, false), exported(module, false));
    same(name, "packages for eigengrad", clauses(exports, true), exported(module, true));
    String version = headers.getValue("Bundle-Version").replace(".SNAPSHOT", "-SNAPSHOT");
    same(name, "version", version, module.rawVersion().orElseThrow());
  }

  private static Set<String> clauses(String header, boolean internal) {
    return CLAUSE
        .matcher(header)
        .results()
        .filter(clause -> clause.group(2).contains(";mandatory:=internal") == internal)
        .map(clause -> clause.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> exported(ModuleDescriptor module, boolean qualified) {
    return module.exports().stream()
        .filter(export -> export.isQualified() == qualified)
        .map(Exports::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void same(String module, String what, Object header, Object descriptor) {
    if (!header.equals(descriptor)) {
      throw new IllegalStateException(
          "%s: %s: OSGi headers say %s, module-info %s"
              .formatted(module, what, header, descriptor));
    }
  }
}
