package dev.resurge.worker.faults;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.sql.SQLException;

/** What a failing call throws: what its kind of call throws in life. */
final class Failing {
  static final int EIO = 5;

  private Failing() {}

  /** The failure of a call, to be thrown where it was made. */
  static RuntimeException of(String name, Fault fault) {
    var why = "injected: " + fault;
    var owner = name.substring(0, name.indexOf('.'));
    return switch (owner) {
      case "ArtifactStore" -> new ResurgeException(ErrorType.STORE_UNAVAILABLE, why);
      case "Workloads" -> new ResurgeException(ErrorType.WORKLOAD_FAILED, why);
      case "Shell", "Shell$Running" -> new ResurgeException(ErrorType.PROGRAM_FAILED, why);
      case "Statement", "PreparedStatement", "Connector" -> thrown(new SQLException(why, "08006"));
      default -> thrown(new IOException(why));
    };
  }

  /** Callers of the call are compiled for it: they declare or catch it. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> RuntimeException thrown(Exception e) throws E {
    throw (E) e;
  }
}
