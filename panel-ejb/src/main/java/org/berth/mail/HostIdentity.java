package org.berth.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** By what this host is known to those who get its mail. */
@ApplicationScoped
class HostIdentity {

    @Inject
    @ConfigProperty(name = "berth.panel.host")
    private Optional<String> panelHost;

    @Inject
    @ConfigProperty(name = "berth.panel.port", defaultValue = "8443")
    private int port;

    /** The name of the panel. */
    String name() {
        return panelHost.orElse("localhost");
    }

    /** Where the panel is opened. */
    String address() {
        return "https://" + name() + ":" + port + "/";
    }
}
