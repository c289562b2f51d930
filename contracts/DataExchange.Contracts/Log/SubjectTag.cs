using System.Security.Cryptography;

namespace DataExchange.Contracts.Log;

/// <summary>
/// <c>SHA256("dx-tag" ‖ s ‖ yyyymm)</c>: marks a subject's leaves of one month (UTC). Only who knows the subject token <c>s</c> can
/// compute it, and tags of two months or two subjects cannot be linked.
/// </summary>
public static class SubjectTag
{
    /// <summary>Length of a subject token in bytes.</summary>
    public const int TokenSize = 32;

    private const int MonthSize = 6;

    /// <summary>The tag of a subject's leaves of a month, 32 bytes.</summary>
    /// <param name="token">The subject token, 32 bytes.</param>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    public static byte[] Compute(ReadOnlySpan<byte> token, int year, int month) => Compute("dx-tag"u8, token, year, month);

    /// <summary>The tag of a subject's leaves of veiled kinds, see <see cref="LeafKinds.IsVeiled"/>: <c>SHA256("dx-veiled-tag" ‖ s ‖ yyyymm)</c>. The other tag of the month does not lead to it.</summary>
    /// <inheritdoc cref="Compute(ReadOnlySpan{byte}, int, int)"/>
    public static byte[] ComputeVeiled(ReadOnlySpan<byte> token, int year, int month) => Compute("dx-veiled-tag"u8, token, year, month);

    private static byte[] Compute(ReadOnlySpan<byte> label, ReadOnlySpan<byte> token, int year, int month)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(token.Length, TokenSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(year);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(month);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);

        Span<byte> input = stackalloc byte[label.Length + TokenSize + MonthSize];
        label.CopyTo(input);
        token.CopyTo(input[label.Length..]);
        var rest = year * 100 + month;
        for (var i = input.Length - 1; i >= input.Length - MonthSize; i--)
        {
            input[i] = (byte)('0' + rest % 10);
            rest /= 10;
        }

        return SHA256.HashData(input);
    }
}
