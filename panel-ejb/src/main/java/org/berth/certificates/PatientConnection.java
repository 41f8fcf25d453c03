package org.berth.certificates;

import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.security.KeyPair;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.toolbox.JSONBuilder;

/**
 * Hears when an authority that has trouble wants to be asked again. The library hears that of one that was asked too often
 * only, and only if it says so as a problem document (RFC 9457), which what stands before an authority does not. And takes
 * no compressed answers, which would become longer than any limit.
 */
final class PatientConnection extends DefaultConnection {

    private Optional<Instant> retryAfter = Optional.empty();

    PatientConnection(HttpConnector connector) {
        super(connector);
    }

    @Override
    public void resetNonce(Session session) throws AcmeException {
        heard(() -> {
            super.resetNonce(session);
            return true;
        });
    }

    @Override
    public int sendRequest(URL url, Session session, ZonedDateTime changedSince) throws AcmeException {
        return heard(() -> super.sendRequest(url, session, changedSince));
    }

    @Override
    protected int sendSignedRequest(
            URL url, JSONBuilder claims, Session session, KeyPair key, URL account, String accept)
            throws AcmeException {
        return heard(() -> super.sendSignedRequest(url, claims, session, key, account, accept));
    }

    @Override
    protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> body) throws IOException {
        try {
            super.sendRequest(session, url, body);
        } catch (IllegalArgumentException noAddress) {
            throw new AcmeProtocolException("It names an address that cannot be asked: " + url, noAddress);
        }
        if (lastResponse
                .headers()
                .firstValue("Content-Encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isPresent()) {
            throw new AcmeProtocolException("It is compressed, which was not asked for");
        }
        try {
            retryAfter = getRetryAfter();
        } catch (AcmeProtocolException noTime) {
            retryAfter = Optional.empty();
        }
    }

    private <T> T heard(AcmeErrors.Question<T> question) throws AcmeException {
        try {
            return question.ask();
        } catch (AcmeException refused) {
            throw AcmeErrors.isTrouble(refused) ? new AcmeTrouble(refused, retryAfter) : refused;
        }
    }
}
