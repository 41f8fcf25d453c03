package org.berth.container;

import java.io.File;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR that is shipped, with the tests and a door for them. */
final class PanelArchive {

    /** The panel's own name. */
    static final String NAME = "panel.harbour-test.com";

    /** Speak to Arquillian or are no use inside. */
    private static final List<Class<?>> OUTSIDE = List.of(OneServer.class, PanelArchive.class, HostScripts.class);

    private PanelArchive() {}

    static WebArchive war() {
        var door = ShrinkWrap.create(JavaArchive.class, "door.jar")
                .addClass(Door.class)
                .addAsServiceProvider("jakarta.servlet.ServletContainerInitializer", Door.class.getName());
        var assertions = new File(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("berth.war")))
                .addPackages(
                        false,
                        Filters.exclude(OUTSIDE.toArray(Class<?>[]::new)),
                        PanelArchive.class.getPackage(),
                        Fresh.class.getPackage())
                .addClass(Minted.class)
                .addAsLibraries(door)
                .addAsLibraries(assertions);
    }
}
