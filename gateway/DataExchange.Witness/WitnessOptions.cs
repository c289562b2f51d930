namespace DataExchange.Witness;

/// <summary>Settings of a witness, as configured under <c>Witness</c>. <see cref="WitnessSettings"/> checks them.</summary>
public sealed class WitnessOptions
{
    /// <summary>The witness's name, and the name of its key: a URL without scheme, for instance <c>witness.example/civil-affairs</c>. It never changes.</summary>
    public string Name { get; set; } = "";

    /// <summary>Folder of its key and its state. Made where it is missing, for its owner only.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Where to listen: <c>http://</c> only, an address, a port. Port 0 takes any free one. Default <c>http://127.0.0.1:5090</c>.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:5090";

    /// <summary>Path in front of everything but <c>/health</c>, for instance <c>/witness</c>. Default none.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The logs it witnesses; at least one.</summary>
    public IList<WitnessedLogOptions> Logs { get; } = [];
}

/// <summary>One log that is witnessed.</summary>
public sealed class WitnessedLogOptions
{
    /// <summary>First line of its checkpoints, for instance <c>demo.example/access</c>.</summary>
    public string Origin { get; set; } = "";

    /// <summary>Its trusted keys as vkeys (type 1); more than one only for a log of another kind that changes its key.</summary>
    public IList<string> Keys { get; } = [];
}
