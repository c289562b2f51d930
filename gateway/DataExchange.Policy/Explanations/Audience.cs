namespace DataExchange.Policy.Explanations;

/// <summary>Who reads an explanation. The zero value is told least.</summary>
public enum Audience
{
    /// <summary>The department that asked: which gate, which code, what would help. Nothing about the person that the refusal did not say.</summary>
    Caller = 0,

    /// <summary>The person it was about.</summary>
    Subject,

    /// <summary>A reviewer.</summary>
    Reviewer,
}
