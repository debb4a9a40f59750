package io.zerospan.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses HOST = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.zerospan.host");

    @Test
    void packages_haveNoCycles() {
        slices().matching("io.zerospan.host.(*)..").should().beFreeOfCycles().check(HOST);
    }

    @Test
    void trace_knowsNeitherCommandsNorConfigurationNorPlugins() {
        noClasses()
                .that()
                .resideInAPackage("io.zerospan.host.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.zerospan.host.cli..",
                        "io.zerospan.host.config..",
                        "io.zerospan.host.plugin..",
                        "io.zerospan.host.pipeline..")
                .check(HOST);
    }

    @Test
    void yamlLibrary_isSeenByTheConfigurationAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.zerospan.host.config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.snakeyaml..")
                .check(HOST);
    }

    @Test
    void commandLineLibrary_isSeenByTheCommandsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.zerospan.host.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(HOST);
    }
}
