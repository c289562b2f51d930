namespace DataExchange.Cli.Output;

/// <summary>Files that a user asked for.</summary>
internal static class OutputFile
{
    /// <exception cref="FindingException">The file cannot be written.</exception>
    public static async Task WriteAsync(string file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllBytesAsync(file, bytes, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(file, exception);
        }
    }

    public static FindingException Unwritable(string file, Exception cause) =>
        FindingException.CannotTell(FindingCode.OutputUnwritable, $"{file} cannot be written: {cause.Message}", cause);
}
