package io.roster.registry.problem;

import java.util.List;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * A number or a boolean is not taken for a string, nor a string or a fraction for a whole
 * number: {@code "data": 30} is refused and not guessed at, and so is
 * {@code "port": "30"}. The rest of what is strict is set in application.yaml.
 */
@Component
class StrictJson implements JsonMapperBuilderCustomizer {

	@Override
	public void customize(JsonMapper.Builder builder) {
		refuse(builder, LogicalType.Textual, CoercionInputShape.Integer, CoercionInputShape.Float,
				CoercionInputShape.Boolean);
		refuse(builder, LogicalType.Integer, CoercionInputShape.String, CoercionInputShape.EmptyString,
				CoercionInputShape.Float, CoercionInputShape.Boolean);
		refuse(builder, LogicalType.Boolean, CoercionInputShape.String, CoercionInputShape.EmptyString,
				CoercionInputShape.Integer);
	}

	private static void refuse(JsonMapper.Builder builder, LogicalType type, CoercionInputShape... shapes) {
		builder.withCoercionConfig(type,
				(target) -> List.of(shapes).forEach((shape) -> target.setCoercion(shape, CoercionAction.Fail)));
	}

}
