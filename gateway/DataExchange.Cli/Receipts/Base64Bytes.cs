namespace DataExchange.Cli.Receipts;

internal static class Base64Bytes
{
    /// <summary>Null when the text is not base64.</summary>
    public static byte[]? Decode(string base64)
    {
        var bytes = new byte[(base64.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
