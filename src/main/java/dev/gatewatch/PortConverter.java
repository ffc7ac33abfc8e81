package dev.gatewatch;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCP port, 0 for any free one. */
final class PortConverter implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new TypeConversionException("'" + value + "' is not a port from 0 to 65535");
        }
        return Integer.valueOf(value);
    }
}
