package io.roster.registry.tree;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A znode.
 */
@Schema(name = "Znode", description = "A znode with its data and its stat.")
@JsonInclude(JsonInclude.Include.ALWAYS)
record ZnodeView(@Schema(example = "/teams/billing") String path,
		@Schema(description = "Its data; null where it has none", example = "hello") @Nullable String data,
		@Schema(description = "How the data is written", allowableValues = {
				"utf-8", "base64" }, example = "utf-8") String encoding,
		StatView stat,
		@Schema(description = "The names of its children, in order", example = "[\"a\",\"b\"]") List<String> children){

	static ZnodeView of(String path, ZnodeData data, StatView stat, List<String> children) {
		return new ZnodeView(path, data.data(), data.encoding(), stat, children.stream().sorted().toList());
	}

}
