package org.berth.certificates;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.berth.platform.Problem;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.AcmeJsonResource;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.RevocationReason;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TokenChallenge;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNotSupportedException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUnauthorizedException;
import org.shredzone.acme4j.toolbox.JSONBuilder;

/**
 * One account at one authority, by ACME (RFC 8555): each method is a step of an issuance, may be repeated after a crash,
 * and throws {@link AcmeFailure}. Nothing here is kept; addresses of orders are, by whoever calls.
 */
class AcmeClient {

    /** An authority looks from several places, one after the other when it must. */
    private static final Duration VALIDATION = Duration.ofMinutes(3);

    private static final Duration ISSUANCE = Duration.ofMinutes(3);

    /** An authority that says nothing is asked about renewals this often; RFC 9773 4.3.2 has six hours, too. */
    private static final Duration RENEWAL_ASKED_EVERY = Duration.ofHours(6);

    /** Of the address of a page that explains a window, in characters. */
    private static final int LONGEST_PAGE = 500;

    private static final Duration RENEWAL_ASKED_AT_MOST_EVERY = Duration.ofMinutes(10);

    /** Of the orders that an authority lists, as many are looked at for one that was made but not written down. */
    private static final int ORDERS_LOOKED_AT = 20;

    /** RFC 5280, 4.2.1.1. */
    private static final String AUTHORITY_KEY = "2.5.29.35";

    private static final String HTTPS = "https";

    private static final Pattern ESCAPED = Pattern.compile("[%/?#&;=^`{|}]");

    private final URI directory;
    private final Login login;
    private final ChallengeKind kind;
    private final Clock clock;

    private AcmeClient(URI directory, Login login, ChallengeKind kind, Clock clock) {
        this.directory = directory;
        this.login = login;
        this.kind = kind;
        this.clock = clock;
    }

    /** Uses an account that there is, for what needs no proof of names, or proves them over HTTP. */
    static AcmeClient of(AcmeAccess access, Clock clock) {
        return of(access, ChallengeKind.HTTP_01, clock);
    }

    /** Uses an account that there is, and proves names in one way. */
    static AcmeClient of(AcmeAccess access, ChallengeKind kind, Clock clock) {
        var account = url(access.account().orElseThrow())
                .orElseThrow(() -> AcmeFailure.lostAccount(
                        Problem.of("acme-account-gone", access.directory().getHost())));
        return new AcmeClient(
                access.directory(), TrustedProvider.session(access).login(account, access.key()), kind, clock);
    }

    /**
     * Registers the account; one that there is for the key already is only found again.
     *
     * @param email where the authority writes to, empty for nowhere
     * @param binding the account's number and key at an authority that wants to know its customers, RFC 8555 7.3.4
     * @return address of the account
     */
    static String register(AcmeAccess access, String email, Optional<ExternalAccount> binding) {
        return AcmeErrors.told(access.directory(), () -> {
            var account = new AccountBuilder().useKeyPair(access.key()).agreeToTermsOfService();
            if (!email.isEmpty()) {
                account.addContact(contact(email));
            }
            binding.ifPresent(external -> account.withKeyIdentifier(external.keyId(), external.hmacKey()));
            try {
                var location = account.createLogin(session(access)).getAccount().getLocation();
                requireHttps(access.directory(), location);
                return location.toString();
            } catch (AcmeUnauthorizedException refused) {
                throw AcmeErrors.closed(access.directory(), refused);
            }
        });
    }

    /** A session with an authority by which accounts and orders can be made, and found again. */
    private static Session session(AcmeAccess access) throws AcmeException {
        var session = TrustedProvider.session(access);
        for (var resource : List.of(Resource.NEW_NONCE, Resource.NEW_ACCOUNT, Resource.NEW_ORDER)) {
            requireHttps(access.directory(), session.resourceUrl(resource));
        }
        return session;
    }

    /** RFC 8555, 6.1. What is at another address is not asked for, and so would be made anew each time. */
    private static void requireHttps(URI directory, URL given) {
        if (!HTTPS.equals(given.getProtocol())) {
            throw AcmeFailure.ofAccount(Problem.of("acme-insecure", directory, AcmeErrors.shortened(given.toString())));
        }
    }

    /**
     * Tells the authority where it may write to from now on (RFC 8555, 7.3.2).
     *
     * @param email empty for nowhere
     */
    void writesTo(String email) {
        told(() -> {
            // The library's own way leaves out an empty list, and so would change nothing.
            var contacts = email.isEmpty() ? List.of() : List.of(contact(email));
            try (var connection = login.getSession().connect()) {
                return connection.sendSignedRequest(
                        login.getAccountLocation(), new JSONBuilder().array("contact", contacts), login);
            }
        });
    }

    /** RFC 6068, 2: what has a meaning of its own in an address of the web, or none there, is escaped. */
    private static String contact(String email) {
        return "mailto:"
                + ESCAPED.matcher(email)
                        .replaceAll(found -> "%"
                                + Integer.toHexString(found.group().charAt(0)).toUpperCase(Locale.ROOT));
    }

    /** What an authority says about itself. */
    static DirectoryFacts facts(AcmeAccess access) {
        return AcmeErrors.told(access.directory(), () -> {
            var said = session(access).getMetadata();
            return new DirectoryFacts(
                    said.getTermsOfService().map(URI::toString),
                    said.getWebsite().map(URL::toString),
                    said.isExternalAccountRequired(),
                    said.getProfiles().stream()
                            .collect(Collectors.toMap(
                                    name -> name,
                                    name -> said.getProfileDescription(name).orElse(""))));
        });
    }

    /**
     * Orders a certificate.
     *
     * @param profile kind of it, as the authority names it
     * @param replaced the one of the same authority that it takes the place of
     * @throws AcmeFailure also when the authority does not offer that kind
     */
    AcmeOrder order(Collection<String> names, Optional<String> profile, Optional<X509Certificate> replaced) {
        return told(() -> {
            profile.ifPresent(this::requireOffered);
            if (replaced.isPresent() && tellsRenewal(replaced.get())) {
                var order = replacing(wanted(names, profile), names, replaced.get());
                if (order.isPresent()) {
                    return view(order.get());
                }
            }
            return view(place(wanted(names, profile), names));
        });
    }

    /** What is wrong with the account concerns every site, and what its own names have met with concerns no other. */
    private Order place(OrderBuilder wanted, Collection<String> names) throws AcmeException {
        try {
            return wanted.create();
        } catch (AcmeUnauthorizedException refused) {
            if (isClosed()) {
                throw AcmeErrors.closed(directory, refused);
            }
            throw refused;
        } catch (AcmeRateLimitedException limited) {
            if (AcmeErrors.isOfNames(limited, names)) {
                throw AcmeErrors.ofNames(directory, limited);
            }
            throw limited;
        }
    }

    /** RFC 8555, 7.3.6: every request of a closed account is refused, also that which only looks at it. */
    private boolean isClosed() throws AcmeException {
        try {
            var account = login.getAccount();
            account.fetch();
            return account.getStatus() != Status.VALID;
        } catch (AcmeUnauthorizedException closed) {
            return true;
        }
    }

    private OrderBuilder wanted(Collection<String> names, Optional<String> profile) {
        var wanted = login.newOrder().domains(names);
        profile.ifPresent(wanted::profile);
        return wanted;
    }

    private void requireOffered(String profile) {
        var offered = told(() -> login.getSession().getMetadata());
        if (!offered.isProfileAllowed(profile)) {
            throw AcmeFailure.ofAccount(Problem.of(
                    "acme-no-profile",
                    directory.getHost(),
                    profile,
                    offered.getProfiles().isEmpty()
                            ? "–"
                            : AcmeErrors.shortened(String.join(", ", new TreeSet<>(offered.getProfiles())))));
        }
    }

    /** It is asked about a certificate by the name of the key that signed it, which not all write into what they issue. */
    private boolean tellsRenewal(X509Certificate certificate) throws AcmeException {
        return certificate.getExtensionValue(AUTHORITY_KEY) != null
                && login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent();
    }

    /**
     * Nothing where the certificate that it replaces has no name for the authority, or where that refuses the order for it, as
     * each does in its own words. What it says of itself or of the account it would say of every order.
     */
    private Optional<Order> replacing(OrderBuilder wanted, Collection<String> names, X509Certificate replaced)
            throws AcmeException {
        try {
            wanted.replaces(replaced);
        } catch (AcmeProtocolException nameless) {
            return Optional.empty();
        }
        try {
            return Optional.of(place(wanted, names));
        } catch (AcmeServerException refused) {
            if (AcmeErrors.isOfOrder(refused)) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * An order for these names that was made before and can still be used, though nobody wrote it down. Most public
     * authorities list no orders, but give out the same one again when asked for the same names.
     */
    Optional<AcmeOrder> openOrder(Collection<String> names) {
        return told(() -> {
            try {
                var orders = login.getAccount().getOrders();
                for (var looked = 0; looked < ORDERS_LOOKED_AT && orders.hasNext(); looked++) {
                    var order = orders.next();
                    if (isOpen(order) && names(order).equals(Set.copyOf(names))) {
                        return Optional.of(view(order));
                    }
                }
                return Optional.empty();
            } catch (AcmeNotSupportedException unlisted) {
                return Optional.empty();
            }
        });
    }

    /** How an order stands; one that the authority has forgotten is invalid, and so is one without an address. */
    AcmeOrder look(String url) {
        var address = url(url);
        if (address.isEmpty()) {
            return new AcmeOrder(url, AcmeOrder.State.INVALID, List.of());
        }
        return told(() -> {
            var order = login.bindOrder(address.get());
            try {
                order.fetch();
            } catch (AcmeException refused) {
                if (AcmeErrors.isUnknown(refused)) {
                    return new AcmeOrder(url, AcmeOrder.State.INVALID, List.of());
                }
                throw refused;
            }
            return view(order);
        });
    }

    /**
     * Tells the authority that the host answers, and waits until it has looked.
     *
     * @throws AcmeFailure naming each name that it did not find proven
     */
    void validate(String url) {
        told(() -> {
            var pace = new Pace(clock, VALIDATION);
            var authorizations = order(url).getAuthorizations();
            for (var authorization : authorizations) {
                trigger(authorization);
            }
            var refused = new ArrayList<Authorization>();
            for (var authorization : authorizations) {
                if (authorization.getStatus() == Status.PENDING) {
                    // While another one was waited for, this one may have been looked at.
                    authorization.fetch();
                }
                waitWhile(authorization, pace, () -> authorization.getStatus() == Status.PENDING);
                if (authorization.getStatus() != Status.VALID) {
                    refused.add(authorization);
                }
            }
            if (!refused.isEmpty()) {
                throw unproven(refused);
            }
            return true;
        });
    }

    /**
     * Has the certificate made, unless that has been asked for already, and fetches it.
     *
     * @param csr PKCS #10 in DER, for the names of the order
     */
    IssuedCertificate issue(String url, byte[] csr) {
        return told(() -> {
            var pace = new Pace(clock, ISSUANCE);
            var order = order(url);
            order.fetch();
            waitWhile(order, pace, () -> order.getStatus() == Status.PENDING);
            if (order.getStatus() == Status.READY) {
                order.execute(csr);
                order.fetch();
            }
            waitWhile(order, pace, () -> order.getStatus() == Status.PROCESSING);
            if (order.getStatus() != Status.VALID) {
                throw order.getError()
                        .map(problem -> refusedOrder(problem))
                        .orElseGet(() -> AcmeFailure.passing(Problem.of("acme-order-lost", directory.getHost())));
            }
            return new IssuedCertificate(order.getCertificate().getCertificateChain());
        });
    }

    /** When the authority wants a certificate renewed, where it says so. */
    Optional<RenewalWindow> renewal(X509Certificate certificate) {
        return told(() -> {
            if (!tellsRenewal(certificate)) {
                return Optional.empty();
            }
            var said = login.bindRenewalInfo(certificate);
            var askAgain = said.fetch();
            var now = clock.instant();
            var soonest = now.plus(RENEWAL_ASKED_AT_MOST_EVERY);
            return Optional.of(new RenewalWindow(
                    said.getSuggestedWindowStart(),
                    said.getSuggestedWindowEnd(),
                    explanation(said),
                    askAgain.map(then -> then.isBefore(soonest) ? soonest : then)
                            .orElse(now.plus(RENEWAL_ASKED_EVERY))));
        });
    }

    /** Nothing where it is no address: the window counts all the same. */
    private static Optional<String> explanation(RenewalInfo said) {
        try {
            return said.getExplanation().map(URL::toString).filter(page -> page.length() <= LONGEST_PAGE);
        } catch (AcmeProtocolException | IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Has the authority declare a certificate void, unless it is already. */
    void revoke(X509Certificate certificate, RevocationReason reason) {
        told(() -> {
            try {
                org.shredzone.acme4j.Certificate.revoke(login, certificate, reason);
            } catch (AcmeServerException refused) {
                if (!AcmeErrors.isRevoked(refused)) {
                    throw refused;
                }
            }
            return true;
        });
    }

    private <T> T told(AcmeErrors.Question<T> question) {
        return AcmeErrors.told(directory, question);
    }

    private void trigger(Authorization authorization) throws AcmeException {
        if (authorization.getStatus() == Status.PENDING) {
            var challenge = challenge(authorization);
            if (challenge.getStatus() == Status.PENDING) {
                challenge.trigger();
            }
        }
    }

    /** Something that may have changed at the authority. */
    private interface Unfinished {
        boolean is() throws AcmeException;
    }

    private static void waitWhile(AcmeJsonResource what, Pace pace, Unfinished unfinished) throws AcmeException {
        while (unfinished.is()) {
            pace.rest(what.getRetryAfter());
            what.fetch();
        }
    }

    private AcmeFailure unproven(List<Authorization> refused) {
        var why = new ArrayList<String>();
        var names = new ArrayList<String>();
        var lasting = false;
        for (var authorization : refused) {
            var error = challenge(authorization).getError();
            lasting |= error.map(AcmeErrors::kind).filter(AcmeErrors::isLasting).isPresent();
            names.add(name(authorization));
            why.add(name(authorization) + ": "
                    + error.map(AcmeErrors::detail)
                            .orElse(authorization.getStatus().toString()));
        }
        var problem = Problem.of("acme-unproven", directory.getHost(), String.join("; ", why));
        return (lasting ? AcmeFailure.lasting(problem) : AcmeFailure.passing(problem)).about(names);
    }

    /** As it was ordered: a proof for a star is asked for at the name below it. */
    private static String name(Authorization authorization) {
        var name = authorization.getIdentifier().getDomain();
        return authorization.isWildcard() ? CertificateNames.below(name) : name;
    }

    private AcmeFailure refusedOrder(org.shredzone.acme4j.Problem refused) {
        var kind = AcmeErrors.kind(refused);
        var problem = Problem.of("acme-refused", directory.getHost(), kind, AcmeErrors.detail(refused));
        var failure = AcmeErrors.isLasting(kind) ? AcmeFailure.lasting(problem) : AcmeFailure.passing(problem);
        return failure.about(AcmeErrors.names(refused));
    }

    private AcmeOrder view(Order order) throws AcmeException {
        var proofs = new ArrayList<AcmeProof>();
        var state = state(order.getStatus());
        if (state == AcmeOrder.State.PENDING) {
            for (var authorization : order.getAuthorizations()) {
                if (authorization.getStatus() == Status.PENDING) {
                    proofs.add(proof(authorization));
                }
            }
        }
        return new AcmeOrder(order.getLocation().toString(), state, proofs);
    }

    private static AcmeOrder.State state(Status status) {
        return switch (status) {
            case PENDING -> AcmeOrder.State.PENDING;
            case READY -> AcmeOrder.State.READY;
            case PROCESSING -> AcmeOrder.State.PROCESSING;
            case VALID -> AcmeOrder.State.VALID;
            default -> AcmeOrder.State.INVALID;
        };
    }

    private static boolean isOpen(Order order) {
        return order.getStatus() == Status.PENDING || order.getStatus() == Status.READY;
    }

    private static Set<String> names(Order order) {
        return order.getIdentifiers().stream()
                .map(Identifier::getDomain)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private AcmeProof proof(Authorization authorization) {
        var name = authorization.getIdentifier().getDomain();
        var challenge = challenge(authorization);
        return challenge instanceof Http01Challenge file
                ? new AcmeProof(name, file.getToken(), file.getAuthorization())
                : new AcmeProof(name, "", ((Dns01Challenge) challenge).getDigest());
    }

    private TokenChallenge challenge(Authorization authorization) {
        var type = kind == ChallengeKind.DNS_01 ? Dns01Challenge.class : Http01Challenge.class;
        return authorization
                .findChallenge(type)
                .map(TokenChallenge.class::cast)
                .orElseThrow(
                        () -> AcmeFailure.lasting(Problem.of("acme-no-challenge", name(authorization), kind.text()))
                                .about(List.of(name(authorization))));
    }

    private Order order(String url) {
        return login.bindOrder(
                url(url).orElseThrow(() -> AcmeFailure.passing(Problem.of("acme-order-lost", directory.getHost()))));
    }

    /** Where something is at the authority; nothing when somebody has changed what was written down. */
    private static Optional<URL> url(String text) {
        try {
            return Optional.of(new URI(text))
                    .filter(uri -> HTTPS.equals(uri.getScheme()) && uri.getHost() != null)
                    .map(AcmeClient::url);
        } catch (URISyntaxException changed) {
            return Optional.empty();
        }
    }

    private static URL url(URI address) {
        try {
            return address.toURL();
        } catch (MalformedURLException everyJavaKnowsHttps) {
            throw new IllegalStateException(everyJavaKnowsHttps);
        }
    }
}
