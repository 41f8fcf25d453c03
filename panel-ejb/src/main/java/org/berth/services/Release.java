package org.berth.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which release of Berth this is. */
public final class Release {

    /** Its version, such as {@code 0.1.0}. */
    public static final String VERSION = read();

    private Release() {}

    private static String read() {
        var properties = new Properties();
        try (var file = Release.class.getResourceAsStream("/META-INF/maven/org.berth/berth-panel-ejb/pom.properties")) {
            if (file == null) {
                return "development";
            }
            properties.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version");
    }
}
