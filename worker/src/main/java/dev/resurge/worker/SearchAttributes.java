package dev.resurge.worker;

import dev.resurge.activities.temporal.TemporalAccess;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.List;

/** Makes Temporal know our search attributes; a workflow that uses an unknown one would hang. */
final class SearchAttributes {
  private SearchAttributes() {}

  /** Registers those that are not there yet, as keywords. */
  static void register(
      TemporalAccess access, String namespace, List<SearchAttributeKey<String>> keys) {
    var operator =
        OperatorServiceStubs.newServiceStubs(
            access
                .reaching(OperatorServiceStubsOptions.newBuilder())
                .validateAndBuildWithDefaults());
    try {
      for (var key : keys) {
        register(operator, namespace, key.getName());
      }
    } finally {
      operator.shutdownNow();
    }
  }

  private static void register(OperatorServiceStubs operator, String namespace, String name) {
    try {
      operator
          .blockingStub()
          .addSearchAttributes(
              AddSearchAttributesRequest.newBuilder()
                  .setNamespace(namespace)
                  .putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                  .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }
}
