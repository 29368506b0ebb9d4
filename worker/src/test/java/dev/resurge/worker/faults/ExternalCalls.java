package dev.resurge.worker.faults;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Set;

/**
 * Which calls leave the process, and how a class is rewritten so that {@link Hook} hears of them:
 * programs, SQL, the file system, the store, workloads. What only lets go of something (close,
 * abort) is none of them: when a process dies its files, locks and connections are closed too.
 */
final class ExternalCalls {
  private static final ClassDesc HOOK = ClassDesc.of(Hook.class.getName());
  private static final MethodTypeDesc HEARD =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
  private static final MethodTypeDesc ASKED =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_String);

  private static final String SPI = "dev/resurge/activities/spi/";

  /** All methods of these, or those named. */
  private static final Map<String, Set<String>> CALLS =
      Map.of(
          SPI + "ArtifactStore",
          Set.of(),
          SPI + "Workloads",
          Set.of(),
          SPI + "Shell",
          Set.of(),
          SPI + "Shell$Running",
          Set.of("awaitExit", "awaitSuccess"),
          "java/sql/Statement",
          Set.of("execute", "executeQuery"),
          "java/sql/PreparedStatement",
          Set.of("execute", "executeQuery"),
          "dev/resurge/activities/component/postgres/Connector",
          Set.of(),
          "java/nio/channels/FileChannel",
          Set.of("open", "force"),
          "java/nio/file/attribute/UserDefinedFileAttributeView",
          Set.of("list", "read", "write", "delete", "size"),
          "java/nio/file/Files",
          Set.of());

  /** Looking at names and types alone. */
  private static final Set<String> NO_CALLS = Set.of("getFileAttributeView");

  /** Calls of the C library that answer with an errno. */
  private static final Map<String, Set<String>> NATIVE =
      Map.of(
          "dev/resurge/activities/component/files/NativeCalls", Set.of("rename", "lock"),
          "dev/resurge/activities/component/files/FolderCalls",
              Set.of("rename", "makeFolder", "remove"));

  private ExternalCalls() {}

  /** How the methods of a class are rewritten. */
  static CodeTransform within(String className, MethodModel method) {
    var name = method.methodName().stringValue();
    if (NATIVE.getOrDefault(className, Set.of()).contains(name)) {
      return answeringErrno("native." + name);
    }
    return CodeTransform.ofStateful(() -> (code, element) -> around(code, element));
  }

  private static void around(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction call && isExternal(call)) {
      var owner = call.owner().asInternalName();
      var named = owner.substring(owner.lastIndexOf('/') + 1) + "." + call.name().stringValue();
      code.loadConstant(named).invokestatic(HOOK, "before", HEARD);
      code.with(element);
      code.loadConstant(named).invokestatic(HOOK, "after", HEARD);
    } else {
      code.with(element);
    }
  }

  private static boolean isExternal(InvokeInstruction call) {
    var methods = CALLS.get(call.owner().asInternalName());
    var name = call.name().stringValue();
    return methods != null
        && !NO_CALLS.contains(name)
        && (methods.isEmpty() || methods.contains(name));
  }

  /** Answers the errno it is told to, without doing anything, or after having done it. */
  private static CodeTransform answeringErrno(String named) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder code) {
        code.loadConstant(named).invokestatic(HOOK, "errno", ASKED);
        var error = code.allocateLocal(TypeKind.INT);
        code.istore(error)
            .iload(error)
            .ifThen(Opcode.IFNE, refused -> refused.iload(error).ireturn());
      }

      @Override
      public void accept(CodeBuilder code, CodeElement element) {
        if (element instanceof ReturnInstruction) {
          code.loadConstant(named).invokestatic(HOOK, "after", HEARD);
        }
        code.with(element);
      }
    };
  }
}
