package dev.resurge.worker.matrix;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixIT {
  @TestFactory
  Stream<DynamicTest> kills() {
    var only = System.getProperty("matrix.only", "");
    return Stream.of(Course.values())
        .filter(c -> c.name().equals(System.getProperty("matrix.course", c.name())))
        .flatMap(course -> Kills.of(course).stream())
        .filter(trial -> {System.out.println("TRIAL " + trial.name()); return trial.name().contains(only);})
        .map(trial -> DynamicTest.dynamicTest(trial.name(), () -> System.out.println(trial.run().line())));
  }
}
