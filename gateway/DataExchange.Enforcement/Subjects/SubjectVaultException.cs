namespace DataExchange.Enforcement.Subjects;

/// <summary>
/// The vault cannot say who a subject is: its store does not answer, its key is missing, or a row does not open. Nothing may be
/// decided, asked or logged about the subject. The message holds no personal data.
/// </summary>
public sealed class SubjectVaultException : Exception
{
    public SubjectVaultException() { }

    public SubjectVaultException(string message) : base(message) { }

    public SubjectVaultException(string message, Exception inner) : base(message, inner) { }
}
