package org.berth.sites;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.berth.platform.Conflict;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.services.HostFacts;

/** Which PHP version a site gets. */
@Dependent
class PhpChoice {

    private final HostFacts host;

    @Inject
    PhpChoice(HostFacts host) {
        this.host = host;
    }

    /** The wished version if the host has it, the newest when nothing is wished, none for sites without PHP. */
    Optional<PhpVersion> of(SiteType type, Optional<String> wished) {
        if (type != SiteType.PHP) {
            wished.ifPresent(version -> {
                throw new InvalidInput(Problem.of("php-for-static", version).at("phpVersion"));
            });
            return Optional.empty();
        }
        return Optional.of(wished.map(this::existing).orElseGet(this::newest));
    }

    PhpVersion existing(String wished) {
        var version = PhpVersion.of(wished);
        var available = available();
        if (!available.contains(version)) {
            throw new InvalidInput(
                    Problem.of("php-version-missing", version, texts(available)).at("phpVersion"));
        }
        return version;
    }

    private PhpVersion newest() {
        return available().stream()
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new Conflict(Problem.of("php-none").at("type")));
    }

    private List<PhpVersion> available() {
        return host.now().phpVersions().stream().map(PhpVersion::of).toList();
    }

    private static String texts(List<PhpVersion> versions) {
        return versions.stream()
                .sorted(Comparator.reverseOrder())
                .map(PhpVersion::toString)
                .collect(Collectors.joining(", "));
    }
}
