using System.Buffers;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Model;

namespace DataExchange.Enforcement.Subjects;

/// <summary>Reads tokens that came from outside.</summary>
internal static class SubjectTokens
{
    /// <summary>Exactly 64 lower-case hexadecimal digits; one token has one spelling.</summary>
    public static bool TryParse(SubjectToken token, out byte[] bytes)
    {
        bytes = new byte[SubjectTag.TokenSize];
        return token.Value is { Length: 2 * SubjectTag.TokenSize } text
            && !text.AsSpan().ContainsAnyInRange('A', 'F')
            && Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done;
    }
}
