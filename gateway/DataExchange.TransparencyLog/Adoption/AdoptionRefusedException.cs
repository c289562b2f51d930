namespace DataExchange.TransparencyLog;

/// <summary>An order to adopt logs cannot be carried out on this data folder. Nothing was changed. The message says why, and what to do.</summary>
public sealed class AdoptionRefusedException : Exception
{
    public AdoptionRefusedException()
    {
    }

    public AdoptionRefusedException(string message)
        : base(message)
    {
    }

    public AdoptionRefusedException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    internal static AdoptionRefusedException Because(string why, Exception? cause = null) => new(
        $"The order in adopt.json is not carried out: {why} Nothing was changed. Remove the file, and give the order anew with: dx log adopt", cause);
}
