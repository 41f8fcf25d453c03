package org.berth.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** By what name and where the panel of this host is reached. */
@ApplicationScoped
public class HostIdentity {

    @Inject
    @ConfigProperty(name = "berth.panel.host")
    private Optional<String> panelHost;

    @Inject
    @ConfigProperty(name = "berth.panel.port", defaultValue = "8443")
    private int port;

    /** The name of the panel; an address when it was given none. */
    public String name() {
        return panelHost.orElse("localhost").toLowerCase(Locale.ROOT);
    }

    /** The port on which its front answers over TLS. */
    public int port() {
        return port;
    }

    /** Where the panel is opened. */
    public String address() {
        return "https://" + name() + ":" + port + "/";
    }
}
