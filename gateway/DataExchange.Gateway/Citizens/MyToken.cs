using DataExchange.Contracts.Records;

namespace DataExchange.Gateway.Citizens;

/// <summary>With this a person finds all their entries in the public logs without anybody's help (P-MINE). Byte strings are in base64.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Token"><c>s</c>, 32 bytes: whoever has it can find and count the person's entries, so it is shown to nobody else.</param>
/// <param name="Nonce">What the VRF was asked besides the subject id, 32 bytes.</param>
/// <param name="Proof">81 bytes: shows with the key that the token belongs to id and nonce.</param>
/// <param name="VrfKey">The operator's public key, as <c>/.well-known/data-exchange</c> has it.</param>
/// <param name="Tags">The tags that the person's leaves carry.</param>
public sealed record MyToken(SubjectRef Subject, string Token, string Nonce, string Proof, string VrfKey, IReadOnlyList<MyTag> Tags);

/// <summary>The tag of one month.</summary>
/// <param name="Month">UTC, <c>yyyymm</c>.</param>
/// <param name="Tag">32 bytes.</param>
public sealed record MyTag(string Month, string Tag);
