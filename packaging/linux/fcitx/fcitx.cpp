// Lets Qt hear fcitx, which PySide6 brings no plugin for: fcitx 5, and fcitx 4 with its portal.
//
// Both answer on the session's D-Bus by org.fcitx.Fcitx.InputMethod1 and InputContext1, the
// interfaces they keep for programs in sandboxes.

#include <QtCore/QCoreApplication>
#include <QtDBus/QtDBus>
#include <QtGui/QGuiApplication>
#include <QtGui/QInputMethodEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QPalette>
#include <QtGui/QTextCharFormat>
#include <QtGui/QWindow>
#include <QtGui/qpa/qplatforminputcontext.h>
#include <QtGui/qpa/qplatforminputcontextplugin_p.h>

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Fcitx");
const QString inputMethods = QStringLiteral("/org/freedesktop/portal/inputmethod");
const QString methodInterface = QStringLiteral("org.fcitx.Fcitx.InputMethod1");
const QString contextInterface = QStringLiteral("org.fcitx.Fcitx.InputContext1");

// Milliseconds one key may take (the first waits for the dictionaries); an input method that hangs
// is then left alone until it answers again.
constexpr int patience = 5000;

enum Capability : quint64 {
    Preedit = 1 << 1,
    Password = 1 << 3,
    FormattedPreedit = 1 << 4,
    ClientUnfocusCommit = 1 << 5,
};

enum Format { Underline = 1 << 3, Highlight = 1 << 4, DoNotCommit = 1 << 5 };

struct Said {
    QString name;
    QString value;
};

QDBusArgument &operator<<(QDBusArgument &out, const Said &said)
{
    out.beginStructure();
    out << said.name << said.value;
    out.endStructure();
    return out;
}

const QDBusArgument &operator>>(const QDBusArgument &in, Said &said)
{
    in.beginStructure();
    in >> said.name >> said.value;
    in.endStructure();
    return in;
}

QTextCharFormat looksOf(int flags)
{
    QTextCharFormat looks;
    if (flags & Underline)
        looks.setUnderlineStyle(QTextCharFormat::SingleUnderline);
    if (flags & Highlight) {
        looks.setBackground(QGuiApplication::palette().highlight());
        looks.setForeground(QGuiApplication::palette().highlightedText());
    }
    return looks;
}

} // namespace

class Context : public QPlatformInputContext
{
    Q_OBJECT

public:
    Context()
        : m_bus(QDBusConnection::sessionBus())
        , m_watcher(service, m_bus)
    {
        qDBusRegisterMetaType<Said>();
        qDBusRegisterMetaType<QList<Said>>();
        connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &Context::open);
        m_isThere = m_bus.isConnected() && m_bus.interface()->isServiceRegistered(service);
        if (m_isThere)
            open();
    }

    ~Context() override { tell("DestroyIC"); }

    // Where nobody is, Qt takes the next that was asked for.
    bool isValid() const override { return m_isThere; }

    void setFocusObject(QObject *) override
    {
        leave();
        if (m_path.isEmpty() && !m_isAsked)
            open();
        enter();
    }

    void update(Qt::InputMethodQueries what) override
    {
        if (what & Qt::ImEnabled && inputMethodAccepted() != m_inside)
            m_inside ? leave() : enter();
        else if (what & Qt::ImHints)
            tellCapabilities();
        if (what & Qt::ImCursorRectangle)
            tellPlace();
    }

    bool filterEvent(const QEvent *event) override
    {
        const bool pressed = event->type() == QEvent::KeyPress;
        if (!m_inside || (!pressed && event->type() != QEvent::KeyRelease))
            return false;
        const auto *key = static_cast<const QKeyEvent *>(event);
        const QVariantList said{key->nativeVirtualKey(), key->nativeScanCode(),
                                key->nativeModifiers(), !pressed, quint32(key->timestamp())};
        const auto reply = m_bus.call(message("ProcessKeyEvent", said), QDBus::Block, patience);
        // What it said before it answered belongs before the key.
        QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
        if (reply.type() == QDBusMessage::ReplyMessage)
            return reply.arguments().constFirst().toBool();
        open();
        return false;
    }

    void reset() override
    {
        QPlatformInputContext::reset();
        tell("Reset");
        show({}, {});
    }

    void commit() override
    {
        QPlatformInputContext::commit();
        tell("Reset");
        if (!m_held.isEmpty())
            putIn(m_held);
    }

private Q_SLOTS:
    void open()
    {
        close();
        auto asked = QDBusMessage::createMethodCall(service, inputMethods, methodInterface,
                                                    QStringLiteral("CreateInputContext"));
        asked.setAutoStartService(false);
        const QList<Said> program{{QStringLiteral("program"), QStringLiteral("zoufang")}};
        asked << QVariant::fromValue(program);
        m_isAsked = true;
        m_bus.callWithCallback(asked, this, SLOT(opened(QDBusMessage)),
                               SLOT(refused(QDBusError)));
    }

    void refused(const QDBusError &) { m_isAsked = false; }

    void opened(const QDBusMessage &answer)
    {
        close();
        m_isAsked = false;
        m_path = answer.arguments().value(0).value<QDBusObjectPath>().path();
        if (m_path.isEmpty())
            return;
        listen("CommitString", SLOT(putIn(QString)));
        listen("UpdateFormattedPreedit", SLOT(compose(QDBusMessage)));
        enter();
    }

    void putIn(const QString &text)
    {
        m_held.clear();
        QInputMethodEvent event;
        event.setCommitString(text);
        send(event);
    }

    void compose(const QDBusMessage &message)
    {
        const auto said = message.arguments();
        if (said.size() != 2)
            return;
        QString text, held;
        QList<QInputMethodEvent::Attribute> looks;
        const auto pieces = said[0].value<QDBusArgument>();
        for (pieces.beginArray(); !pieces.atEnd();) {
            QString piece;
            int flags = 0;
            pieces.beginStructure();
            pieces >> piece >> flags;
            pieces.endStructure();
            looks.append({QInputMethodEvent::TextFormat, int(text.size()), int(piece.size()),
                          looksOf(flags)});
            text += piece;
            if (!(flags & DoNotCommit))
                held += piece;
        }
        pieces.endArray();
        const int cursor = said[1].toInt();
        if (cursor >= 0) {
            const auto before = QString::fromUtf8(text.toUtf8().left(cursor));
            looks.append({QInputMethodEvent::Cursor, int(before.size()), 1, {}});
        }
        m_held = held;
        show(text, looks);
    }

private:
    void close()
    {
        if (m_path.isEmpty())
            return;
        ignore("CommitString", SLOT(putIn(QString)));
        ignore("UpdateFormattedPreedit", SLOT(compose(QDBusMessage)));
        tell("DestroyIC");
        m_path.clear();
        m_inside = false;
        show({}, {});
    }

    void enter()
    {
        m_inside = !m_path.isEmpty() && inputMethodAccepted();
        if (!m_inside)
            return;
        tell("FocusIn");
        tellCapabilities();
        m_place = {};
        tellPlace();
    }

    void leave()
    {
        if (m_inside)
            tell("FocusOut");
        m_inside = false;
        m_held.clear();
        m_shown = false;
    }

    void tellCapabilities()
    {
        QInputMethodQueryEvent asked(Qt::ImHints);
        if (auto *field = QGuiApplication::focusObject())
            QCoreApplication::sendEvent(field, &asked);
        const auto hints = Qt::InputMethodHints(asked.value(Qt::ImHints).toInt());
        quint64 can = Preedit | FormattedPreedit | ClientUnfocusCommit;
        if (hints & (Qt::ImhHiddenText | Qt::ImhSensitiveData))
            can |= Password;
        tell("SetCapability", {can});
    }

    // Of the cursor, in the screen's own points: there the words to choose from are shown.
    void tellPlace()
    {
        const auto *window = QGuiApplication::focusWindow();
        if (!m_inside || !window)
            return;
        const QRect inWindow = QGuiApplication::inputMethod()->cursorRectangle().toRect();
        const qreal scale = window->devicePixelRatio();
        const QPoint corner = window->screen()->geometry().topLeft();
        const QPoint on = (window->mapToGlobal(inWindow.topLeft()) - corner) * scale + corner;
        const QRect place(on, inWindow.size() * scale);
        if (place == m_place)
            return;
        m_place = place;
        tell("SetCursorRect", {place.x(), place.y(), place.width(), place.height()});
    }

    void show(const QString &text, const QList<QInputMethodEvent::Attribute> &looks)
    {
        if (text.isEmpty())
            m_held.clear();
        if (text.isEmpty() && !m_shown)
            return;
        QInputMethodEvent event(text, looks);
        send(event);
        m_shown = !text.isEmpty();
    }

    void send(QInputMethodEvent &event)
    {
        m_shown = false;
        if (auto *field = QGuiApplication::focusObject())
            QCoreApplication::sendEvent(field, &event);
    }

    QDBusMessage message(const char *method, const QVariantList &said) const
    {
        auto made = QDBusMessage::createMethodCall(service, m_path, contextInterface,
                                                   QLatin1StringView(method));
        made.setArguments(said);
        made.setAutoStartService(false);
        return made;
    }

    void tell(const char *method, const QVariantList &said = {})
    {
        if (!m_path.isEmpty())
            m_bus.send(message(method, said));
    }

    void listen(const char *signal, const char *slot)
    {
        m_bus.connect(service, m_path, contextInterface, QLatin1StringView(signal), this, slot);
    }

    void ignore(const char *signal, const char *slot)
    {
        m_bus.disconnect(service, m_path, contextInterface, QLatin1StringView(signal), this, slot);
    }

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QString m_path;
    QString m_held;
    QRect m_place;
    bool m_isThere = false;
    bool m_isAsked = false;
    bool m_inside = false;
    bool m_shown = false;
};

class Plugin : public QPlatformInputContextPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QPlatformInputContextFactoryInterface_iid FILE "fcitx.json")

public:
    QPlatformInputContext *create(const QString &, const QStringList &) override
    {
        return new Context;
    }
};

#include "fcitx.moc"
