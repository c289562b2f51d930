namespace DataExchange.Policy.Anomalies;

/// <summary>A person who looks things up for a department: the client they sign in at and their user id there.</summary>
public readonly record struct Official(string ClientId, string UserId);
