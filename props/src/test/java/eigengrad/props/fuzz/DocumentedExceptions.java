package eigengrad.props.fuzz;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Which exceptions the Javadoc of each method and constructor names, read from the sources. */
final class DocumentedExceptions {
  /** Simple names of exceptions by class, name and types of the parameters. */
  private final Map<String, Set<String>> byExecutable = new HashMap<>();

  /** Of a package's folder of sources. */
  static DocumentedExceptions in(Path folder) {
    DocumentedExceptions documented = new DocumentedExceptions();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> files = Files.list(folder);
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        documented.new Reader(trees).scan(unit, null);
      }
      return documented;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the documentation of what was called names an exception, or a class above it. */
  boolean admits(Executable called, Throwable thrown) {
    Set<String> names = named(called, called.getDeclaringClass());
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (names.contains(type.getSimpleName())) {
        return true;
      }
    }
    return false;
  }

  /** By the type or by the interfaces that it implements. */
  private Set<String> named(Executable called, Class<?> type) {
    Set<String> names = new HashSet<>(byExecutable.getOrDefault(key(called, type), Set.of()));
    for (Class<?> above : type.getInterfaces()) {
      names.addAll(named(called, above));
    }
    return names;
  }

  /** How many methods and constructors were read. */
  int size() {
    return byExecutable.size();
  }

  private static String key(Executable executable, Class<?> type) {
    String name = executable instanceof Constructor<?> ? "<init>" : executable.getName();
    return Arrays.stream(executable.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", type.getSimpleName() + "." + name + "(", ")"));
  }

  /** Notes every method. A compact constructor has the parameters of its record. */
  private final class Reader extends TreePathScanner<@Nullable Void, @Nullable String> {
    private final DocTrees trees;

    Reader(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable String outer) {
      return super.visitClass(type, type.getSimpleName().toString());
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable String type) {
      String key =
          method.getParameters().stream()
              .map(parameter -> parameter.getType().toString())
              .map(name -> name.replaceAll("@\\w+ |<.*>", "").replace("...", "[]"))
              .map(name -> name.replaceAll("^(\\w+\\.)+", ""))
              .collect(Collectors.joining(", ", type + "." + method.getName() + "(", ")"));
      byExecutable.computeIfAbsent(key, any -> new HashSet<>()).addAll(named());
      return null;
    }

    private Set<String> named() {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      return comment == null
          ? Set.of()
          : comment.getBlockTags().stream()
              .filter(ThrowsTree.class::isInstance)
              .map(tag -> ((ThrowsTree) tag).getExceptionName().toString())
              .collect(Collectors.toSet());
    }
  }
}
