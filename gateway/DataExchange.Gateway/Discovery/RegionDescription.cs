namespace DataExchange.Gateway.Discovery;

/// <summary>Answer of <c>/.well-known/data-exchange</c>.</summary>
/// <param name="Region">Name of the region.</param>
/// <param name="Logs">The access log and the governance log.</param>
/// <param name="Witnesses">Who cosigns checkpoints; null where nobody does.</param>
/// <param name="OpenApi">Path of the API description.</param>
/// <param name="Vrf">What people check their tokens with.</param>
public sealed record RegionDescription(string Region, IReadOnlyList<LogDescription> Logs, WitnessDescription? Witnesses, string OpenApi, VrfDescription Vrf);

/// <summary>The witnesses, as the governance log appoints them.</summary>
/// <param name="Mode"><c>Async</c>: cosignatures follow a release. <c>Required</c>: no release without a quorum.</param>
/// <param name="Policy">The C2SP tlog-policy, word for word: save it as a file for any tool that checks cosignatures.</param>
public sealed record WitnessDescription(string Mode, string Policy);

/// <summary>A log, as its readers need it.</summary>
/// <param name="Name"><c>access</c> or <c>governance</c>.</param>
/// <param name="Origin">First line of its checkpoints, and the key's name.</param>
/// <param name="VerifierKey">C2SP verifier key.</param>
/// <param name="Path">Where its C2SP tlog-tiles resources are.</param>
public sealed record LogDescription(string Name, string Origin, string VerifierKey, string Path);

/// <summary>The operator's VRF key; it never changes.</summary>
/// <param name="Suite">Of RFC 9381.</param>
/// <param name="PublicKey">The compressed point, 33 bytes in base64.</param>
public sealed record VrfDescription(string Suite, string PublicKey);
