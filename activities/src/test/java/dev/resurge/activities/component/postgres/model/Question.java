package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.List;

/** A query of the driver's, and the model's answer. */
@FunctionalInterface
interface Question {
  Answer answer(ModelSession session, List<Object> values) throws SQLException;
}
