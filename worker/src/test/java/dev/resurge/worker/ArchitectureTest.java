package dev.resurge.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md. The command line's own are in the starter's test of this name. */
class ArchitectureTest {
  private static final List<String> TECHNOLOGIES = List.of("component", "platform");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.resurge.workflows", "dev.resurge.activities", "dev.resurge.worker");

  @Test
  void workflowsUseTemporalJsonYamlAndNothingElse() {
    classes()
        .that()
        .resideInAPackage("dev.resurge.workflows..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.resurge.workflows..",
            "java..",
            "io.temporal..",
            "com.fasterxml.jackson..",
            "org.snakeyaml.engine..",
            "com.github.victools..",
            "com.fasterxml.classmate..", // the types that victools speaks of
            "org.slf4j..")
        .check(CODE);
  }

  /** A procedure runs again on every replay: what it asks of the world must be the same then. */
  @Test
  void proceduresTouchNoFilesNetworkOrThreads() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.workflows.procedure..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..", "java.nio.channels..", "java.net..", "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File|RandomAccessFile).*")
        .orShould()
        .dependOnClassesThat(named(Thread.class, ProcessBuilder.class, Process.class))
        .check(CODE);
  }

  @Test
  void proceduresTakeTimeAndChanceFromTheWorkflow() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.workflows.procedure..")
        .should()
        .dependOnClassesThat(named(Clock.class, InstantSource.class, UUID.class))
        .orShould()
        .accessTargetWhere(isWallClock())
        .orShould()
        .accessTargetWhere(isChance())
        .check(CODE);
  }

  @Test
  void runbooksAndModelsAreReadWithoutTouchingTheWorld() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.resurge.workflows.model..", "dev.resurge.workflows.runbook..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.nio\\.file\\.Files|java\\.io\\.(File|RandomAccessFile).*"
                + "|java\\.net\\.(Socket|URL|URLConnection|InetAddress|http\\..*)")
        .orShould()
        .dependOnClassesThat(named(Thread.class, ProcessBuilder.class, Process.class, Clock.class))
        .check(CODE);
  }

  @Test
  void activitiesKnowNeitherMicronautNorTheProcessesThatUseThem() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.activities..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.micronaut..",
            "jakarta.inject..",
            "jakarta.annotation..",
            "dev.resurge.worker..",
            "dev.resurge.starter..")
        .check(CODE);
  }

  @Test
  void onlyNoticesSendMail() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge..")
        .and()
        .resideOutsideOfPackage("dev.resurge.activities.notice..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.mail..")
        .check(CODE);
  }

  @Test
  void onlyStepsTalkToTemporalAndOnlyItsOwnPackageSaysHow() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.activities..")
        .and()
        .resideOutsideOfPackages(
            "dev.resurge.activities.step..",
            "dev.resurge.activities.schedule..",
            "dev.resurge.activities.temporal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.temporal..")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("dev.resurge.workflows.procedure..")
        .check(CODE);
  }

  @Test
  void theInterfacesThatEverythingPlugsIntoDependOnWorkflowsOnly() {
    classes()
        .that()
        .resideInAPackage("dev.resurge.activities.spi..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.resurge.activities.spi..",
            "dev.resurge.workflows.model..",
            "dev.resurge.workflows.runbook..",
            "java..")
        .check(CODE);
  }

  @Test
  void technologiesNeverSeeEachOther() {
    for (var kind : TECHNOLOGIES) {
      slices()
          .matching("dev.resurge.activities." + kind + ".(*)..")
          .should()
          .notDependOnEachOther()
          .check(CODE);
    }
  }

  /** Neither store, evidence and steps, nor, from a component, any platform. */
  @Test
  void technologiesSeeOnlyTheInterfacesTheyPlugInto() {
    for (var kind : TECHNOLOGIES) {
      noClasses()
          .that()
          .resideInAPackage("dev.resurge.activities." + kind + "..")
          .should()
          .dependOnClassesThat(areNeitherInterfacesNor(kind))
          .check(CODE);
    }
  }

  @Test
  void stepsChecksAndHooksKnowNoTechnology() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.activities..")
        .and()
        .resideOutsideOfPackages(
            "dev.resurge.activities.component..", "dev.resurge.activities.platform..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.resurge.activities.component..", "dev.resurge.activities.platform..")
        .check(CODE);
  }

  /** Micronaut generates classes beside it, such as {@code $Wiring$Shell0$Definition}. */
  @Test
  void onlyTheWiringKnowsWhichTechnologiesThereAre() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.worker..")
        .and()
        .haveNameNotMatching("dev\\.resurge\\.worker\\.\\$?Wiring(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.resurge.activities.component..", "dev.resurge.activities.platform..")
        .check(CODE);
  }

  @Test
  void theWatchKnowsNeitherWhoShowsItNorTheProcessAroundIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.worker.watch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.resurge.worker", "dev.resurge.worker.metrics..", "dev.resurge.worker.console..")
        .check(CODE);
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.worker.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.resurge.worker")
        .check(CODE);
  }

  /** What cannot reach a run's door, a signature for answers or a client cannot change a run. */
  @Test
  void theConsoleOnlyReadsAndPagesKnowNotWhatTheyAreAbout() {
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.worker.console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.resurge.worker",
            "dev.resurge.worker.answer..",
            "dev.resurge.worker.notice..",
            "dev.resurge.worker.metrics..",
            "dev.resurge.activities.link..",
            "io.temporal..")
        .check(CODE);
    noClasses()
        .that()
        .resideInAPackage("dev.resurge.worker.page..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.resurge.worker",
            "dev.resurge.worker.answer..",
            "dev.resurge.worker.console..",
            "dev.resurge.worker.watch..")
        .check(CODE);
  }

  @Test
  void packagesOfWorkflowsDependOnEachOtherInOneDirection() {
    slices().matching("dev.resurge.workflows.(*)..").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void packagesOfActivitiesDependOnEachOtherInOneDirection() {
    slices().matching("dev.resurge.activities.(**)").should().beFreeOfCycles().check(CODE);
  }

  private static DescribedPredicate<JavaClass> named(Class<?>... types) {
    var names = Stream.of(types).map(Class::getName).toList();
    return DescribedPredicate.describe(
        "are any of " + names, javaClass -> names.contains(javaClass.getName()));
  }

  private static DescribedPredicate<JavaClass> areNeitherInterfacesNor(String kind) {
    return JavaClass.Predicates.resideInAPackage("dev.resurge.activities..")
        .and(
            JavaClass.Predicates.resideOutsideOfPackages(
                "dev.resurge.activities.spi..", "dev.resurge.activities." + kind + ".."));
  }

  private static DescribedPredicate<JavaAccess<?>> isWallClock() {
    return DescribedPredicate.describe(
        "reads the machine's clock",
        access -> {
          var owner = access.getTargetOwner();
          var name = access.getTarget().getName();
          return (owner.isEquivalentTo(System.class)
                  && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
              || (owner.getPackageName().equals(Instant.class.getPackageName())
                  && name.equals("now"));
        });
  }

  /** A {@code Random} that the workflow hands out is the same on replay; one of our own is not. */
  private static DescribedPredicate<JavaAccess<?>> isChance() {
    return DescribedPredicate.describe(
        "throws the machine's dice",
        access -> {
          var owner = access.getTargetOwner();
          var name = access.getTarget().getName();
          return (owner.isAssignableTo(Random.class) && name.equals("<init>"))
              || (owner.isEquivalentTo(Math.class) && name.equals("random"));
        });
  }
}
