namespace DataExchange.Cli.Receipts;

internal static class Base64Bytes
{
    /// <summary>Null when the text is not the one that an encoder would write for these bytes: no white space, no bits left over.</summary>
    public static byte[]? Decode(string base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == base64 ? bytes[..length] : null;
    }
}
