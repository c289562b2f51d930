namespace DataExchange.Policy.Members;

/// <summary>Where a member stands.</summary>
public enum MemberState
{
    /// <summary>Not admitted.</summary>
    None = 0,

    Active,

    /// <summary>Its clients act for nobody, agreements with it permit nothing, and it has no voice in proposals.</summary>
    Suspended,
}
