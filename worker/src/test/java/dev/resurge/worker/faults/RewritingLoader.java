package dev.resurge.worker.faults;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.util.List;

/**
 * Loads Resurge a second time, with a {@link Hook} around every external call of its activities.
 * Nothing is changed in the sources for that, and nothing that is called can be forgotten.
 */
final class RewritingLoader extends ClassLoader {
  private static final String OURS = "dev.resurge.";
  private static final String REWRITTEN = "dev.resurge.activities.";

  /** What the calls that are counted are made of. */
  private static final List<String> BELOW =
      List.of(
          "dev.resurge.activities.store.filesystem.",
          "dev.resurge.activities.platform.",
          "dev.resurge.activities.component.postgres.model.");

  RewritingLoader() {
    super(RewritingLoader.class.getClassLoader());
  }

  /** For a try by hand: as {@link Campaign#main}. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    var loader = new RewritingLoader();
    Thread.currentThread().setContextClassLoader(loader);
    loader
        .loadClass(Campaign.class.getName())
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) || name.startsWith(Hook.class.getName())) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    var file = name.replace('.', '/') + ".class";
    try (var in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      var bytes = in.readAllBytes();
      var code = isRewritten(name) ? rewritten(bytes) : bytes;
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static boolean isRewritten(String name) {
    return name.startsWith(REWRITTEN) && BELOW.stream().noneMatch(name::startsWith);
  }

  private byte[] rewritten(byte[] bytes) {
    var classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(getParent())));
    var model = classFile.parse(bytes);
    var className = model.thisClass().asInternalName();
    ClassTransform transform =
        (builder, element) -> {
          if (element instanceof MethodModel method) {
            builder.transformMethod(
                method,
                (methodBuilder, part) -> {
                  if (part instanceof CodeModel code) {
                    methodBuilder.transformCode(code, ExternalCalls.within(className, method));
                  } else {
                    methodBuilder.with(part);
                  }
                });
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(model, transform);
  }
}
