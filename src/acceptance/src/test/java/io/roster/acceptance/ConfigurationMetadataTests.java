package io.roster.acceptance;

import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An IDE completes every property of this build, and says what it is for.
 */
class ConfigurationMetadataTests {

	@ParameterizedTest
	@ValueSource(strings = { "src/discovery-spring-boot-starter", "registry-server", "lock-service", "src/lock-client",
			"src/access", "demo-bikesvc" })
	void everyPropertyHasATypeAndADescription(String module) {
		JsonNode properties = JsonMapper.builder().build().readTree(metadata(module).toFile()).path("properties");
		assertThat(properties).isNotEmpty().allSatisfy((property) -> {
			assertThat(property.path("name").asString()).isNotEmpty();
			assertThat(property.path("type").asString()).isNotEmpty();
			assertThat(property.path("description").asString()).as("description of " + property.path("name").asString())
				.hasSizeGreaterThan(15);
		});
	}

	private static Path metadata(String module) {
		return Repository.root().resolve(module).resolve("target/classes/META-INF/spring-configuration-metadata.json");
	}

}
