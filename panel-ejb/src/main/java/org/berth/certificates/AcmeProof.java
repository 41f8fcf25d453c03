package org.berth.certificates;

/**
 * What the host must answer to prove that a name is its own: HTTP-01, RFC 8555, 8.3.
 *
 * @param token file name below {@code /.well-known/acme-challenge/}
 * @param content what the file holds: the token, a full stop, and the thumbprint of the account's key
 */
public record AcmeProof(String name, String token, String content) {}
