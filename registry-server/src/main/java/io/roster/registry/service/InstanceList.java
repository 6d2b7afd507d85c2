package io.roster.registry.service;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * Instances that have been written as JSON before: copied as bytes from then on.
 *
 * @param json an array of {@link InstanceView}
 */
record InstanceList(SerializedString json) implements JacksonSerializable {

	static final InstanceList NONE = new InstanceList(new SerializedString("[]"));

	/** The same array each time, not to be changed. */
	byte[] bytes() {
		return this.json.asUnquotedUTF8();
	}

	@Override
	public void serialize(JsonGenerator generator, SerializationContext context) {
		generator.writeRawValue(this.json);
	}

	@Override
	public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer type) {
		serialize(generator, context);
	}

}
