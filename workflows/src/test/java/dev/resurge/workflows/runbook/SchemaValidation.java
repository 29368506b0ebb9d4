package dev.resurge.workflows.runbook;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What an editor says of a runbook: a published validator with the schema as it is published. */
final class SchemaValidation {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(RunbookFiles.text(RunbookFiles.SCHEMA), InputFormat.JSON);

  private SchemaValidation() {}

  static List<String> errors(String yaml) {
    try {
      return SCHEMA.validate(Yaml.json(yaml)).stream().map(Error::toString).toList();
    } catch (YamlEngineException | IllegalArgumentException e) {
      return List.of("neither YAML nor what JSON can say");
    }
  }
}
