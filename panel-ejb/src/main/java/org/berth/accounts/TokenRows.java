package org.berth.accounts;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import org.berth.security.Secrets;

/** Finds out whose a token is. */
@Dependent
class TokenRows {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    /** The account of a token that has not expired; notes that it was used. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<Account> use(String secret) {
        var now = clock.instant();
        return entities.createQuery("select t from ApiToken t where t.hash = :hash", ApiToken.class)
                .setParameter("hash", Secrets.digest(secret))
                .getResultStream()
                .findFirst()
                .filter(token -> token.isValid(now))
                .map(token -> {
                    token.use(now);
                    return entities.find(Account.class, token.accountId());
                });
    }
}
