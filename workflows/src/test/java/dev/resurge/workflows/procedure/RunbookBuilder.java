package dev.resurge.workflows.procedure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.runbook.Runbook;

/** A runbook of two components, changed where a test cares. */
final class RunbookBuilder {
  private final ObjectNode root;

  RunbookBuilder() {
    try {
      root =
          (ObjectNode)
              Json.mapper()
                  .readTree(
                      """
                      {"apiVersion":"resurge.dev/v1","kind":"Runbook","metadata":{"name":"library"},
                       "spec":{
                        "store":{"type":"filesystem","path":"/store"},
                        "encryption":{"unencrypted":"a test"},
                        "components":[
                         {"type":"postgres","name":"database","database":"library","admin":{"user":"a"}},
                         {"type":"files","name":"files","path":"/files"}],
                        "workloads":[{"type":"systemd","name":"app","unit":"app.service"}],
                        "approval":{"identity":"claimed"}}}
                      """);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sets a field of spec to what the JSON says. */
  RunbookBuilder spec(String field, String json) {
    try {
      ((ObjectNode) root.get("spec")).set(field, Json.mapper().readTree(json));
      return this;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Runbook build() {
    return Json.mapper().convertValue(root, Runbook.class);
  }
}
