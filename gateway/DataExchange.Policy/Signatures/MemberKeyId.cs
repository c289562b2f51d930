namespace DataExchange.Policy.Signatures;

/// <summary>A key of a member, as a JWS header names it.</summary>
/// <param name="Member">The member's code.</param>
/// <param name="Key">The <c>kid</c> in the member's JWKS.</param>
public sealed record MemberKeyId(string Member, string Key)
{
    /// <summary>The header's <c>kid</c>: <c>{member}/{key id}</c>.</summary>
    public override string ToString() => $"{Member}/{Key}";
}
