package org.berth.container;

import com.github.davidmoten.guavamini.Preconditions;
import java.io.File;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.berth.mail.Postbox;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.subethamail.smtp.server.SMTPServer;

/** The WAR that is shipped, with the tests and a door for them. */
final class PanelArchive {

    /** The panel's own name. */
    static final String NAME = "panel.harbour-test.com";

    /** Speak to Arquillian or are no use inside. */
    private static final List<Class<?>> OUTSIDE = List.of(OneServer.class, PanelArchive.class, HostScripts.class);

    /** A class of each library of the tests; the last is one that the mail server of the tests needs. */
    private static final List<Class<?>> LIBRARIES = List.of(Assertions.class, SMTPServer.class, Preconditions.class);

    private PanelArchive() {}

    static WebArchive war() {
        var door = ShrinkWrap.create(JavaArchive.class, "door.jar")
                .addClass(Door.class)
                .addAsServiceProvider("jakarta.servlet.ServletContainerInitializer", Door.class.getName());
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("berth.war")))
                .addPackages(
                        false,
                        Filters.exclude(OUTSIDE.toArray(Class<?>[]::new)),
                        PanelArchive.class.getPackage(),
                        Fresh.class.getPackage())
                .addClass(Minted.class)
                .addClass(Postbox.class)
                .addAsLibraries(door)
                .addAsLibraries(LIBRARIES.stream().map(PanelArchive::jar).toArray(File[]::new));
    }

    private static File jar(Class<?> part) {
        return new File(part.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
