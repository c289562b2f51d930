namespace DataExchange.Gateway.Identity;

/// <summary>Why a token that came with the request was not believed, in words that help its owner and nobody else.</summary>
public sealed record TokenRejection(string Detail)
{
    public static readonly TokenRejection Unreadable = new("Send exactly one Authorization header, 'Bearer' and the access token.");

    public static readonly TokenRejection Expired = new("The token has expired; ask the authority for another.");

    public static readonly TokenRejection Unverified = new("The token's signature, issuer, audience, type or claims are not what this gateway believes.");
}
