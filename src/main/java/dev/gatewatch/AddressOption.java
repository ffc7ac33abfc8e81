package dev.gatewatch;

import dev.gatewatch.terminal.ServerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A server's address on the command line. */
final class AddressOption implements ITypeConverter<ServerAddress> {

    @Override
    public ServerAddress convert(String value) {
        try {
            return ServerAddress.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'" + value.replaceAll("//[^/]*@", "//") + "' is not as expected: " + e.getMessage());
        }
    }
}
