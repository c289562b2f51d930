namespace DataExchange.Storage;

/// <summary>The data folder or one of its files cannot be used. The message names it and the way out.</summary>
public sealed class StorageException : IOException
{
    public StorageException()
    {
    }

    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
