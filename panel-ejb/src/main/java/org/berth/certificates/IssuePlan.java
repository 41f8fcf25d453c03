package org.berth.certificates;

import java.util.List;
import java.util.Optional;
import org.berth.platform.Problem;

/**
 * What a step of an issuance has to know, as the rows have it now.
 *
 * @param directory id of the authority
 * @param emailTold whether the account at the authority has the e-mail address
 * @param profile what kind of certificate is ordered
 * @param order the order that is under way
 * @param chain the certificate, once it is issued, in PEM with those between it and the authority
 * @param replaced what visitors get from the same authority, in the same form
 * @param problem why the attempt before failed
 */
public record IssuePlan(
        long directory,
        AcmeAccess access,
        String email,
        boolean emailTold,
        Optional<String> profile,
        Optional<ExternalAccount> external,
        KeyType keyType,
        Optional<Placed> order,
        Optional<String> chain,
        Optional<String> replaced,
        Optional<Problem> problem) {

    /**
     * An order.
     *
     * @param url empty when nobody knows whether the authority got it
     * @param tokens file names of what the host answers for it
     */
    public record Placed(long id, Optional<String> url, List<String> tokens) {}

    /**
     * Where the authority is asked about the order.
     *
     * @throws AcmeFailure when it was given up meanwhile, such as because the authority has another address now
     */
    String orderUrl() {
        return order.flatMap(Placed::url)
                .orElseThrow(() -> AcmeFailure.passing(
                        Problem.of("acme-order-lost", access.directory().getHost())));
    }
}
