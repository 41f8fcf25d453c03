package org.berth.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays down one script under the names of all verbs, where the panel looks for them. */
final class HostScripts {

    private static final Path CHECKOUT = Path.of(System.getProperty("berth.checkout"));

    private HostScripts() {}

    static void layDown(Path folder) throws IOException {
        var scripts = Files.createDirectories(folder.resolve("host-scripts"));
        Files.createDirectories(folder.resolve("wishes"));
        var verb = CHECKOUT.resolve("panel-web/src/test/host/verb");
        // Verbs are the executables of the folder whose names have a noun and a verb.
        try (var all = Files.newDirectoryStream(
                CHECKOUT.resolve("host-scripts"),
                file -> Files.isRegularFile(file)
                        && Files.isExecutable(file)
                        && file.getFileName().toString().matches("[a-z]+(-[a-z]+)+"))) {
            for (var real : all) {
                Files.createSymbolicLink(scripts.resolve(real.getFileName()), verb);
            }
        }
    }
}
