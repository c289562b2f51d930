using System.Globalization;

namespace DataExchange.Gateway.Citizens;

/// <summary>The last entry of a page: <c>{yyyymm}.{log}.{index}</c>.</summary>
internal readonly record struct EntryCursor(string Month, string Log, long Index)
{
    public static EntryCursor? Read(string text) =>
        text.Split('.') is [{ Length: 6 } month, { Length: > 0 } log, var index] && long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new EntryCursor(month, log, number)
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

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month}.{Log}.{Index}");
}
