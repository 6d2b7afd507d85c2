package io.roster.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The direction of the dependencies between the parts. The classes are imported by path:
 * this module has the applications on no class path.
 */
class ArchitectureTests {

	private static final List<String> MODULES = List.of("src/ensemble", "src/coordination", "src/discovery",
			"src/discovery-spring-boot-starter", "src/locks", "src/lock-client", "src/fencing-guard", "src/access",
			"src/streams", "src/quickstart", "registry-server", "lock-service", "demo-bikesvc", "demo-consumer");

	private static final String[] DOMAIN = { "io.roster.ensemble..", "io.roster.coordination..",
			"io.roster.discovery..", "io.roster.locks..", "io.roster.fencing.." };

	private static final String[] STARTERS = { "io.roster.coordination.spring..", "io.roster.discovery.spring..",
			"io.roster.locks.spring.." };

	private static final String[] APPLICATIONS = { "io.roster.registry..", "io.roster.lockservice..",
			"io.roster.demo..", "io.roster.quickstart.." };

	private static JavaClasses product;

	private static JavaClasses tests;

	@BeforeAll
	static void readTheClasses() {
		product = read("target/classes");
		tests = read("target/test-classes");
	}

	private static JavaClasses read(String folder) {
		List<Path> folders = Stream.concat(MODULES.stream(), Stream.of("src/acceptance"))
			.map((module) -> Repository.root().resolve(module).resolve(folder))
			.filter(Files::isDirectory)
			.toList();
		return new ClassFileImporter().importPaths(folders);
	}

	@Test
	void everyModuleWasRead() {
		for (String module : MODULES) {
			assertThat(product).as(module)
				.anyMatch((type) -> type.getSource().orElseThrow().getUri().getPath().contains("/" + module + "/"));
		}
	}

	@Test
	void noLibraryDependsOnAnApplication() {
		noClasses().that()
			.resideInAnyPackage(DOMAIN)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(APPLICATIONS)
			.check(product);
	}

	@Test
	void applicationsDoNotDependOnEachOther() {
		slices().matching("io.roster.(registry|lockservice|demo.bikesvc|demo.consumer|quickstart)..")
			.should()
			.notDependOnEachOther()
			.check(product);
	}

	@Test
	void theDomainIsFreeOfSpring() {
		noClasses().that(isInTheDomain())
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "lombok..")
			.check(product);
	}

	@Test
	void coordinationKnowsNeitherServicesNorLocks() {
		noClasses().that()
			.resideInAPackage("io.roster.coordination..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.roster.discovery..", "io.roster.locks..", "io.roster.ensemble..")
			.check(product);
	}

	@Test
	void membersOfAnEnsembleKnowNoClient() {
		noClasses().that()
			.resideInAPackage("io.roster.ensemble..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.roster.coordination..", "io.roster.discovery..", "io.roster.locks..",
					"org.apache.curator..")
			.check(product);
	}

	@Test
	void discoveryAndLocksDoNotKnowEachOther() {
		noClasses().that()
			.resideInAPackage("io.roster.discovery..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.roster.locks..")
			.check(product);
		noClasses().that()
			.resideInAPackage("io.roster.locks..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.roster.discovery..")
			.check(product);
	}

	@Test
	void theLockClientSpeaksHttpAndNotZooKeeper() {
		noClasses().that()
			.resideInAPackage("io.roster.locks.client..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.roster.coordination..", "org.apache.zookeeper..", "org.apache.curator..")
			.check(product);
	}

	@Test
	void theGuardKnowsNothingButTheDatabase() {
		noClasses().that()
			.resideInAPackage("io.roster.fencing..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.roster.coordination..", "io.roster.locks..", "org.apache..")
			.check(product);
	}

	@Test
	void accessKnowsNeitherWhatItGuardsNorTheEnsemble() {
		noClasses().that()
			.resideInAPackage("io.roster.access..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.roster.coordination..", "io.roster.discovery..", "io.roster.locks..",
					"io.roster.ensemble..", "org.apache.zookeeper..", "org.apache.curator..")
			.check(product);
		noClasses().that()
			.resideInAPackage("io.roster.access..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(APPLICATIONS)
			.check(product);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching("io.roster.(**)").should().beFreeOfCycles().check(product);
	}

	@Test
	void everyPackageSaysThatNothingInItIsNullUnlessMarked() {
		classes().that()
			.areTopLevelClasses()
			.should()
			.resideInAPackage("io.roster..")
			.andShould(com.tngtech.archunit.lang.conditions.ArchConditions.be(inANullMarkedPackage()))
			.check(product);
	}

	@Test
	void noTestSleeps() {
		noClasses().should().callMethod(Thread.class, "sleep", long.class).check(tests);
		noClasses().should().callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class).check(tests);
	}

	private static DescribedPredicate<JavaClass> isInTheDomain() {
		return DescribedPredicate.describe("are in the domain",
				(type) -> JavaClass.Predicates.resideInAnyPackage(DOMAIN).test(type)
						&& !JavaClass.Predicates.resideInAnyPackage(STARTERS).test(type));
	}

	private static DescribedPredicate<JavaClass> inANullMarkedPackage() {
		return DescribedPredicate.describe("in a @NullMarked package",
				(type) -> type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"));
	}

}
