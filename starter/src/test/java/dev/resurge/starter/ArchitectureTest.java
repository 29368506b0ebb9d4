package dev.resurge.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses STARTER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.resurge.starter");

  @Test
  void theCommandLineKnowsNoPlatformAndNoComponent() {
    classes()
        .that()
        .resideInAPackage("dev.resurge.starter..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.resurge.starter..",
            "dev.resurge.workflows..",
            "dev.resurge.activities.store..",
            "dev.resurge.activities.evidence..",
            "dev.resurge.activities.installation..",
            "dev.resurge.activities.notice..", // tries the channels from where people sit
            "dev.resurge.activities.temporal..",
            "dev.resurge.activities.schedule..",
            "dev.resurge.activities.spi..",
            "java..",
            "picocli..",
            "org.jline..",
            "io.temporal..",
            "io.grpc..",
            "com.google.protobuf..",
            "com.fasterxml.jackson..")
        .check(STARTER);
  }

  @Test
  void onlyTheRunsPackageTalksToTemporal() {
    classes()
        .that()
        .resideInAnyPackage("io.temporal..", "io.grpc..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage("dev.resurge.starter.runs", "io..")
        .allowEmptyShould(true)
        .check(STARTER);
    classes()
        .that()
        .resideInAPackage("dev.resurge.starter..")
        .and()
        .resideOutsideOfPackages("dev.resurge.starter.runs", "dev.resurge.starter")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("io.temporal..", "io.grpc..")
        .check(STARTER);
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    slices()
        .matching("dev.resurge.starter.(runs|view|follow|archive|completion|doctor|stack)..")
        .should()
        .beFreeOfCycles()
        .check(STARTER);
  }
}
