package org.berth.certificates;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * A certificate that certbot or acme.sh keeps on this host in a folder of its own, which certbot calls a lineage, as the
 * verb has found it. Its private key stays there.
 *
 * @param folder its path, by which the verbs know it
 * @param chain PEM; empty if it cannot be read
 * @param publicKey PEM, of the private key beside it; empty if that cannot be taken
 * @param fault why it cannot be taken, in the verb's word; empty if it can
 */
public record Lineage(String folder, String chain, String publicKey, String fault) {

    /** Name of the input that names one. */
    static final String FIELD = "lineage";

    static Lineage of(JsonObject found) {
        return new Lineage(
                found.getString(FIELD),
                found.getString("chain", ""),
                found.getString("publicKey", ""),
                found.getString("fault", ""));
    }

    /**
     * As one that sites can have.
     *
     * @throws InvalidInput saying why none can
     */
    BroughtCertificate brought(Instant now) {
        if (!fault.isEmpty()) {
            throw new InvalidInput(told().at(FIELD));
        }
        var key = Base64.getMimeDecoder().decode(publicKey.replaceAll("-----[A-Z ]+-----", ""));
        try {
            return BroughtCertificate.onHost(chain, key, now);
        } catch (InvalidInput refused) {
            throw new InvalidInput(refused.problem().at(FIELD));
        }
    }

    private Problem told() {
        return switch (fault) {
            case "no-key" -> Problem.of("lineage-no-key", folder);
            case "foreign" -> Problem.of("lineage-foreign", folder);
            case "large" -> Problem.of("lineage-large", folder);
            default -> Problem.of("lineage-unreadable", folder);
        };
    }

    /** As it lies there, the first certificate first, also if no site can have it; empty if it is none at all. */
    Optional<IssuedCertificate> certificate() {
        try {
            return Optional.of(chain).filter(pem -> !pem.isEmpty()).map(IssuedCertificate::ofPem);
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
