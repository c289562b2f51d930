namespace DataExchange.Enforcement.Providers;

/// <summary>The provider's answer exceeds <c>MaxAnswerBytes</c>. Asking again would bring the same answer.</summary>
public sealed class AnswerTooLongException : Exception
{
    public AnswerTooLongException() { }

    public AnswerTooLongException(string message) : base(message) { }

    public AnswerTooLongException(string message, Exception inner) : base(message, inner) { }
}
