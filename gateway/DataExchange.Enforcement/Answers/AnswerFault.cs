namespace DataExchange.Enforcement.Answers;

/// <summary>What is wrong with a provider's answer.</summary>
internal enum AnswerFault
{
    None = 0,

    /// <summary>Not JSON, other members than agreed, another dataset or revision, or a value that its field does not allow.</summary>
    Schema,

    /// <summary>It is about somebody else.</summary>
    OtherSubject,
}
