namespace Shared.Operations.Administration;

/// <summary>
/// Something that an operator can ask of the daemon, or have it do, over its administration endpoint. A daemon registers its own with
/// <see cref="AdministrationServices.AddAdminCommand{T}"/>. Made once; called by any number of operators at once.
/// </summary>
public interface IAdminCommand
{
    /// <summary>Its path, e.g. <c>/v1/kick</c>; see <see cref="Shared.Protocol.Administration.AdminPaths"/>.</summary>
    string Path { get; }

    /// <summary>Whether it reads or changes.</summary>
    AdminCommandKind Kind { get; }

    /// <summary>Does it. By then the caller's right to it has been checked; whatever changes something is logged afterwards, with the caller.</summary>
    /// <param name="call">What is asked, by whom.</param>
    /// <param name="cancellationToken">Signalled when the daemon stops; and, unless it is a change, when the caller has gone.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="AdminRefusedException">It cannot be done; the caller is told why.</exception>
    ValueTask<AdminReply> RunAsync(AdminCall call, CancellationToken cancellationToken);
}
