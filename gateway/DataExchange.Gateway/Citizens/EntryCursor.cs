using System.Globalization;

namespace DataExchange.Gateway.Citizens;

/// <summary>
/// The last entry of a page, and how far the list goes that it is a page of: <c>{yyyymm}.{log}.{index}.{access size}.{governance size}</c>.
/// All pages of a list end at the sizes of its first, so together they are complete below them.
/// </summary>
internal readonly record struct EntryCursor(string Month, string Log, long Index, long AccessSize, long GovernanceSize)
{
    public static EntryCursor? Read(string text) =>
        text.Split('.') is [{ Length: 6 } month, { Length: > 0 } log, var index, var access, var governance]
        && TryParse(index, out var number) && TryParse(access, out var accessSize) && TryParse(governance, out var governanceSize)
            ? new EntryCursor(month, log, number, accessSize, governanceSize)
            : null;

    /// <summary>Whether an entry comes after this one. The logs of a month come in the order of their names.</summary>
    public bool IsBefore(string month, string log, long index) =>
        (string.CompareOrdinal(Month, month), string.CompareOrdinal(Log, log)) switch
        {
            ( < 0, _) => true,
            (0, < 0) => true,
            (0, 0) => Index < index,
            _ => false,
        };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month}.{Log}.{Index}.{AccessSize}.{GovernanceSize}");

    private static bool TryParse(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
